/*
 * SHA-256 through OpenSSL's EVP interface; the printed form is what `sha256sum` prints.
 *
 *     struct sha256_digest d = sha256_of(STR("hello"));
 *     char hex[SHA256_HEX];
 *     sha256_hex(hex, &d);
 */
#ifndef STET_SHA256_H
#define STET_SHA256_H

#include "str.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 65 };

struct sha256_digest {
    unsigned char bytes[SHA256_BYTES];
};

struct sha256 {
    void *context;
};

struct sha256 sha256_new(void);
void sha256_add(struct sha256 *h, str bytes);
struct sha256_digest sha256_end(struct sha256 *h); /* and starts afresh */
void sha256_free(struct sha256 *h);

struct sha256_digest sha256_of(str bytes); /* one call; reuses one context, so not for threads */
const char *sha256_hex(char out[SHA256_HEX], const struct sha256_digest *d);
bool sha256_eq(const struct sha256_digest *a, const struct sha256_digest *b);

#endif
