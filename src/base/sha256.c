/*
 * SHA-256. OpenSSL 3 looks an algorithm up by name at every EVP_sha256() use, which costs more than
 * hashing a message does: the algorithm is fetched once for the process, and a context that has
 * ended is started again without naming it.
 */
#include "sha256.h"

#include "oom.h"

#include <assert.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <string.h>

static EVP_MD *algorithm; /* kept until the process ends */

static void fetch_algorithm(void)
{
    algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (!algorithm)
        oom_give_up("OpenSSL has no SHA-256 here");
}

struct sha256 sha256_new(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, fetch_algorithm);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!context || !EVP_DigestInit_ex2(context, algorithm, NULL))
        oom_give_up("OpenSSL cannot begin a SHA-256");
    return (struct sha256){context};
}

void sha256_add(struct sha256 *h, str bytes)
{
    const int done = bytes.n == 0 || EVP_DigestUpdate(h->context, bytes.p, bytes.n);
    assert(done);
}

struct sha256_digest sha256_end(struct sha256 *h)
{
    struct sha256_digest digest;
    const int done = EVP_DigestFinal_ex(h->context, digest.bytes, NULL) &&
                     EVP_DigestInit_ex2(h->context, NULL, NULL);
    assert(done);
    return digest;
}

void sha256_free(struct sha256 *h)
{
    EVP_MD_CTX_free(h->context);
    h->context = NULL;
}

struct sha256_digest sha256_of(str bytes)
{
    static struct sha256 shared; /* kept until the process ends */
    if (!shared.context)
        shared = sha256_new();
    sha256_add(&shared, bytes);
    return sha256_end(&shared);
}

const char *sha256_hex(char out[SHA256_HEX], const struct sha256_digest *d)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        out[2 * i] = digits[d->bytes[i] >> 4];
        out[2 * i + 1] = digits[d->bytes[i] & 15];
    }
    out[SHA256_HEX - 1] = '\0';
    return out;
}

bool sha256_eq(const struct sha256_digest *a, const struct sha256_digest *b)
{
    return memcmp(a->bytes, b->bytes, SHA256_BYTES) == 0;
}
