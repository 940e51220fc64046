/// One way to lie at rest: a key of a provider, told by the prefix of the values it wrote.
protocol StorageProvider: Sendable {
    /// `k8s:enc:aesgcm:v1:key1:`; empty for bytes as they are.
    var prefix: [UInt8] { get }
    /// Changes when new values would be encrypted differently.
    var writing: String { get }

    /// The value without the prefix.
    func seal(_ plain: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8]
    func open(_ value: [UInt8], context: [UInt8]) throws(CipherError) -> Opening
    /// Fetches what is needed to open a value without its prefix.
    func prepare(_ value: [UInt8]) async
}

/// A value opened, or what is missing for that.
enum Opening: Sendable {
    /// - writing: as `StorageProvider.writing` was when the value was written.
    case plain([UInt8], writing: String)
    case needsKey
}

/// Bytes as they are.
struct IdentityProvider: StorageProvider {
    var prefix: [UInt8] { [] }
    var writing: String { "" }

    func seal(_ plain: [UInt8], context: [UInt8]) -> [UInt8] { plain }
    func open(_ value: [UInt8], context: [UInt8]) -> Opening { .plain(value, writing: "") }
    func prepare(_ value: [UInt8]) async {}
}

/// A key that the configuration has in it.
struct LocalKeyProvider: StorageProvider {
    let prefix: [UInt8]
    let writing: String
    private let cipher: any DataCipher

    /// - Parameter prefix: with the provider's and the key's name.
    init(prefix: String, cipher: any DataCipher) {
        self.prefix = Array(prefix.utf8)
        writing = prefix
        self.cipher = cipher
    }

    func seal(_ plain: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        try cipher.seal(plain, context: context)
    }

    func open(_ value: [UInt8], context: [UInt8]) throws(CipherError) -> Opening {
        .plain(try cipher.open(value, context: context), writing: writing)
    }

    func prepare(_ value: [UInt8]) async {}
}
