/*
 * libcrypto 3 as PKI sees it: the headers PKI calls directly, and inline functions for what Swift cannot import
 * (variadic functions and function-like macros).
 */
#ifndef GANTRY_COPENSSL_SHIM_H
#define GANTRY_COPENSSL_SHIM_H

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/* A new key on the named curve ("P-256"), or NULL with the reason in the error queue. */
static inline EVP_PKEY *gantry_generate_ec_key(const char *curve) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "EC", curve);
}

/* A new RSA key of `bits` bits, or NULL with the reason in the error queue. */
static inline EVP_PKEY *gantry_generate_rsa_key(size_t bits) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);
}

static inline OPENSSL_STACK *gantry_x509_stack_new(void) {
    return OPENSSL_sk_new_null();
}

/* Borrows the certificate: the stack does not own its elements. Returns the new count, 0 on failure. */
static inline int gantry_x509_stack_push(OPENSSL_STACK *stack, X509 *certificate) {
    return OPENSSL_sk_push(stack, certificate);
}

/* Frees the stack, not its elements. */
static inline void gantry_x509_stack_free(OPENSSL_STACK *stack) {
    OPENSSL_sk_free(stack);
}

/* X509_STORE_CTX_init with the untrusted certificates in a stack made above. */
static inline int gantry_store_context_init(X509_STORE_CTX *context, X509_STORE *store, X509 *leaf,
                                            OPENSSL_STACK *untrusted) {
    return X509_STORE_CTX_init(context, store, leaf, (STACK_OF(X509) *)untrusted);
}

/* How many certificates the verified chain has, leaf first; 0 before verification. */
static inline int gantry_chain_count(X509_STORE_CTX *context) {
    const STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(context);
    return chain == NULL ? 0 : OPENSSL_sk_num((const OPENSSL_STACK *)chain);
}

/* The certificate at `index` of the verified chain, borrowed; NULL out of range. */
static inline X509 *gantry_chain_certificate(X509_STORE_CTX *context, int index) {
    return (X509 *)OPENSSL_sk_value((const OPENSSL_STACK *)X509_STORE_CTX_get0_chain(context), index);
}

#endif
