/* See nearest.h. */
#include "nearest.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static int least(int a, int b, int c)
{
    const int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

int nearest_distance(str a, str b)
{
    int rows[3][NEAREST_BYTES + 1];
    int *above2 = rows[0], *above = rows[1], *row = rows[2];
    a = str_sub(a, 0, NEAREST_BYTES);
    b = str_sub(b, 0, NEAREST_BYTES);
    for (size_t k = 0; k <= b.n; k++)
        above[k] = (int)k;
    for (size_t i = 1; i <= a.n; i++) {
        row[0] = (int)i;
        for (size_t k = 1; k <= b.n; k++) {
            const char x = lower(a.p[i - 1]), y = lower(b.p[k - 1]);
            row[k] = least(above[k] + 1, row[k - 1] + 1, above[k - 1] + (x != y));
            const bool swapped = i > 1 && k > 1 && x == lower(b.p[k - 2]) && lower(a.p[i - 2]) == y;
            if (swapped && above2[k - 2] + 1 < row[k])
                row[k] = above2[k - 2] + 1;
        }
        int *const spare = above2;
        above2 = above;
        above = row;
        row = spare;
    }
    return above[b.n];
}

int nearest_allowed(str typed)
{
    return typed.n < 3 ? 0 : typed.n < 5 ? 1 : typed.n < 9 ? 2 : 3;
}
