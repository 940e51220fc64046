internal import COpenSSL

// Each class owns one libcrypto object and frees it. Values of the module share them freely, so each states why
// use from several threads at once is sound.

/// Owns an `EVP_PKEY`.
///
/// Sendable: the pointer is a constant, the key is never changed after construction (no function
/// of this module calls a setter on it), and libcrypto 3 documents concurrent read-only use of an `EVP_PKEY` as safe:
/// its reference count is atomic and its cache of provider-side copies is guarded by the key's own lock.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }
}

/// Owns an `X509`.
///
/// Sendable: the pointer is a constant and the certificate is never changed after construction.
/// The extension flags libcrypto caches on first use are computed under the certificate's own lock, and its reference
/// count is atomic.
final class CertificateHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_free(pointer) }
}

/// Owns an `X509_STORE`.
///
/// Sendable: the pointer is a constant, the store gets its certificates in `TrustRoots.init` before
/// it is shared, and verification contexts only look certificates up in it, which libcrypto does under the store's
/// lock.
final class TrustStoreHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_STORE_free(pointer) }
}

/// Owns a fetched `EVP_MD`: fetching once saves the provider look-up that every use would cost.
///
/// Sendable: the pointer is a constant and a fetched digest is immutable but for its atomic
/// reference count.
final class DigestHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_MD_free(pointer) }

    static let sha1 = fetch("SHA1")
    static let sha256 = fetch("SHA256")
    static let sha384 = fetch("SHA384")
    static let sha512 = fetch("SHA512")

    private static func fetch(_ name: String) -> DigestHandle {
        guard let pointer = EVP_MD_fetch(nil, name, nil) else {
            // Unreachable: only a libcrypto without its default provider lacks these digests.
            fatalError("libcrypto has no \(name): \(LibcryptoError.drain()?.description ?? "no reason given")")
        }
        return DigestHandle(owning: pointer)
    }
}
