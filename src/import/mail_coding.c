/* The two codings of encoded words (RFC 2047, section 4), tolerant as mail programs are. */
#include "mail.h"

#include <string.h>

static int base64_digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

void mail_add_base64(struct buf *out, str text)
{
    unsigned bits = 0, have = 0;
    for (size_t i = 0; i < text.n && text.p[i] != '='; i++) {
        const int digit = base64_digit(text.p[i]);
        if (digit < 0)
            continue;
        bits = (bits << 6 | (unsigned)digit) & 0xFFFF;
        have += 6;
        if (have < 8)
            continue;
        have -= 8;
        buf_add_byte(out, (char)(bits >> have & 0xFF));
    }
}

int mail_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void mail_add_quoted(struct buf *out, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        const int high = text.p[i] == '=' && i + 2 < text.n ? mail_hex_digit(text.p[i + 1]) : -1;
        const int low = high >= 0 ? mail_hex_digit(text.p[i + 2]) : -1;
        if (low >= 0) {
            buf_add_byte(out, (char)(high * 16 + low));
            i += 2;
        } else {
            buf_add_byte(out, text.p[i] == '_' ? ' ' : text.p[i]);
        }
    }
}
