/// Goes through what was done to a disk and tells what a power cut may leave of it.
///
/// What was synced stays. Of what was not, any part may have reached the disk: each sector of a write for itself, in
/// whatever order, the last one perhaps in part; of names a first part, since folders are journaled.
struct PowerCut {
    /// What happens to the sectors that were not synced.
    enum Luck: CaseIterable {
        case allLost
        case allKept
        /// The first ones have reached the disk; the next one in part.
        case firstKept
        case someKept
    }

    private static let sector = 512

    private let operations: [DiskOperation]
    private(set) var position = 0
    private var durable: DiskImage
    private var pending: [DiskOperation] = []
    private var pendingNames: [(String, Int?)] = []

    init(_ image: DiskImage, _ operations: [DiskOperation]) {
        durable = image
        self.operations = operations
    }

    /// Goes on to the moment before operation `position`.
    mutating func advance(to position: Int) {
        while self.position < position {
            take(operations[self.position])
            self.position += 1
        }
    }

    private mutating func take(_ operation: DiskOperation) {
        switch operation {
        case .name(let name, let file): pendingNames.append((name, file))
        case .write, .truncate: pending.append(operation)
        case .sync(let file):
            settleNames()
            pending.removeAll { operation in
                guard operation.file == file else { return false }
                durable.apply(operation)
                return true
            }
        case .syncNames: settleNames()
        }
    }

    private mutating func settleNames() {
        for (name, file) in pendingNames { durable.name(name, file) }
        pendingNames = []
    }

    /// The disk after a cut at this moment.
    func image(_ luck: Luck, _ random: inout SeededRandom) -> DiskImage {
        var image = durable
        let names: Int =
            switch luck {
            case .allLost: 0
            case .allKept: pendingNames.count
            case .firstKept, .someKept: random.below(pendingNames.count + 1)
            }
        for (name, file) in pendingNames[..<names] { image.name(name, file) }
        let pieces = pending.flatMap { $0.pieces(Self.sector) }
        let first = luck == .firstKept ? random.below(pieces.count + 1) : 0
        for (index, piece) in pieces.enumerated() {
            switch luck {
            case .allLost: continue
            case .allKept: image.apply(piece)
            case .firstKept:
                if index < first { image.apply(piece) }
                if index == first { image.apply(piece.torn(&random)) }
            case .someKept:
                switch random.below(8) {
                case 0...3: image.apply(piece)
                case 4: image.apply(piece.torn(&random))
                default: continue
                }
            }
        }
        image.files = image.files.filter { file, _ in image.names.values.contains(file) }
        return image
    }
}

extension DiskImage {
    fileprivate mutating func apply(_ operation: DiskOperation) {
        switch operation {
        case .write(let file, let offset, let bytes): bytes.withUnsafeBytes { write(file, at: offset, $0) }
        case .truncate(let file, let size): truncate(file, to: size)
        case .name(let name, let file): self.name(name, file)
        case .sync, .syncNames: break
        }
    }
}

extension DiskOperation {
    fileprivate var file: Int? {
        switch self {
        case .write(let file, _, _), .truncate(let file, _), .sync(let file): file
        case .name, .syncNames: nil
        }
    }

    /// A write sector by sector.
    fileprivate func pieces(_ sector: Int) -> [DiskOperation] {
        guard case .write(let file, let offset, let bytes) = self else { return [self] }
        var pieces: [DiskOperation] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + sector - (offset + start) % sector)
            pieces.append(.write(file, offset: offset + start, Array(bytes[start..<end])))
            start = end
        }
        return pieces
    }

    /// The first bytes of a write.
    fileprivate func torn(_ random: inout SeededRandom) -> DiskOperation {
        guard case .write(let file, let offset, let bytes) = self else { return self }
        return .write(file, offset: offset, Array(bytes[..<random.below(bytes.count + 1)]))
    }
}
