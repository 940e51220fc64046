/// The outcome of a batch of writes, decided against the published state and the writes before them in the batch.
struct WritePlan {
    private let core: StoreCore
    private let time: Int64
    /// Keys changed by this batch; nil for deleted.
    private var overlay: [StoreKey: StoredObject?] = [:]
    private var revision: UInt64
    private let cipher: (any ValueCipher)?
    private(set) var events: [StoredEvent] = []
    private(set) var outcomes: [Result<StoredObject, StoreError>] = []

    init(core: StoreCore, cipher: (any ValueCipher)?, time: Int64) {
        self.core = core
        self.cipher = cipher
        self.time = time
        revision = core.revision
    }

    mutating func add(_ operation: WriteOperation) {
        let key = operation.key
        let current = overlay[key] ?? core.get(key)
        do throws(StoreError) {
            let stored = try StoredEvent(
                operation.change(of: current, at: revision + 1, time: time), cipher: cipher)
            let event = stored.event
            revision += 1
            overlay[key] = .some(event.type == .deleted ? nil : event.object)
            events.append(stored)
            outcomes.append(.success(event.object))
        } catch {
            outcomes.append(.failure(error))
        }
    }

    /// Decides against an operation without looking at it.
    mutating func refuse(_ error: StoreError) { outcomes.append(.failure(error)) }
}
