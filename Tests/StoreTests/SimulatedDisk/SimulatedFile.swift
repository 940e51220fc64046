import CSQLite

/// SQLite's file layer (`sqlite3_vfs`) over a simulated disk. One connection at a time, so locks are granted freely;
/// no shared memory, as the store keeps the file to itself.
struct SimulatedFile {
    /// What the layer and its open files lead to.
    final class Context: Sendable {
        let disk: SimulatedDisk
        // Sendable: never changed after it was made.
        nonisolated(unsafe) let methods: UnsafePointer<sqlite3_io_methods>

        init(disk: SimulatedDisk, methods: UnsafePointer<sqlite3_io_methods>) {
            self.disk = disk
            self.methods = methods
        }
    }

    /// What SQLite knows of a file; must come first.
    private var base: sqlite3_file
    /// The layer's; it outlives its files.
    private var context: Unmanaged<Context>
    private var number: Int

    /// Result codes that are not imported.
    private static let shortRead = SQLITE_IOERR | (2 << 8)
    private static let syncFailed = SQLITE_IOERR | (4 << 8)

    private static func with<Value>(
        _ file: UnsafeMutablePointer<sqlite3_file>?, _ body: (SimulatedDisk, Int) -> Value
    ) -> Value? {
        guard let file else { return nil }
        let open = UnsafeMutableRawPointer(file).assumingMemoryBound(to: SimulatedFile.self).pointee
        return body(open.context.takeUnretainedValue().disk, open.number)
    }

    private static func code(_ body: () throws(SimulatedDisk.Fault) -> Void) -> Int32 {
        do throws(SimulatedDisk.Fault) {
            try body()
            return SQLITE_OK
        } catch {
            switch error {
            case .full: return SQLITE_FULL
            case .broken: return syncFailed
            }
        }
    }

    static var methods: sqlite3_io_methods {
        var methods = sqlite3_io_methods()
        methods.iVersion = 1
        methods.xClose = { _ in SQLITE_OK }
        methods.xRead = { file, buffer, count, offset in
            let target = UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
            guard let read = SimulatedFile.with(file, { $0.read($1, at: Int(offset), into: target) }) else {
                return SQLITE_IOERR
            }
            guard read < target.count else { return SQLITE_OK }
            UnsafeMutableRawBufferPointer(rebasing: target[read...]).initializeMemory(as: UInt8.self, repeating: 0)
            return SimulatedFile.shortRead
        }
        methods.xWrite = { file, buffer, count, offset in
            let bytes = UnsafeRawBufferPointer(start: buffer, count: Int(count))
            return SimulatedFile.with(file) { disk, number in
                SimulatedFile.code { () throws(SimulatedDisk.Fault) in try disk.write(number, at: Int(offset), bytes) }
            } ?? SQLITE_IOERR
        }
        methods.xTruncate = { file, size in
            SimulatedFile.with(file) { disk, number in
                SimulatedFile.code { () throws(SimulatedDisk.Fault) in try disk.truncate(number, to: Int(size)) }
            } ?? SQLITE_IOERR
        }
        methods.xSync = { file, _ in
            SimulatedFile.with(file) { disk, number in
                SimulatedFile.code { () throws(SimulatedDisk.Fault) in try disk.sync(number) }
            }
                ?? SQLITE_IOERR
        }
        methods.xFileSize = { file, size in
            guard let found = SimulatedFile.with(file, { $0.size($1) }) else { return SQLITE_IOERR }
            size?.pointee = sqlite3_int64(found)
            return SQLITE_OK
        }
        methods.xLock = { _, _ in SQLITE_OK }
        methods.xUnlock = { _, _ in SQLITE_OK }
        methods.xCheckReservedLock = { _, isReserved in
            isReserved?.pointee = 0
            return SQLITE_OK
        }
        methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        // As Linux' own layer: pages are sectors, and a write leaves the bytes beside it alone.
        methods.xSectorSize = { _ in 4_096 }
        methods.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
        return methods
    }

    static var layer: sqlite3_vfs {
        var layer = sqlite3_vfs()
        layer.iVersion = 1
        layer.szOsFile = Int32(MemoryLayout<SimulatedFile>.size)
        layer.mxPathname = 512
        layer.xOpen = { layer, name, file, flags, outFlags in
            guard let context = SimulatedFile.context(layer), let name, let file else { return SQLITE_CANTOPEN }
            file.pointee.pMethods = nil
            let path = String(cString: name)
            let number = context.disk.open(path, creating: flags & SQLITE_OPEN_CREATE != 0)
            guard let number else { return SQLITE_CANTOPEN }
            UnsafeMutableRawPointer(file).initializeMemory(
                as: SimulatedFile.self,
                to: SimulatedFile(
                    base: sqlite3_file(pMethods: context.methods), context: Unmanaged.passUnretained(context),
                    number: number))
            outFlags?.pointee = flags
            return SQLITE_OK
        }
        layer.xDelete = { layer, name, syncs in
            guard let context = SimulatedFile.context(layer), let name else { return SQLITE_IOERR }
            context.disk.remove(String(cString: name), durably: syncs != 0)
            return SQLITE_OK
        }
        layer.xAccess = { layer, name, _, exists in
            guard let context = SimulatedFile.context(layer), let name else { return SQLITE_IOERR }
            exists?.pointee = context.disk.exists(String(cString: name)) ? 1 : 0
            return SQLITE_OK
        }
        layer.xFullPathname = { _, name, room, full in
            guard let name, let full else { return SQLITE_CANTOPEN }
            return SimulatedFile.copyPath(name, full, room)
        }
        layer.xRandomness = { _, count, bytes in
            guard let bytes else { return 0 }
            for index in 0..<Int(count) { bytes[index] = CChar.random(in: .min ... .max) }
            return count
        }
        layer.xSleep = { _, microseconds in microseconds }
        layer.xCurrentTime = { _, day in
            // A Julian day of our time; nothing in the store depends on it.
            day?.pointee = 2_461_000.5
            return SQLITE_OK
        }
        layer.xGetLastError = { _, _, _ in 0 }
        return layer
    }

    private static func context(_ layer: UnsafeMutablePointer<sqlite3_vfs>?) -> Context? {
        layer?.pointee.pAppData.map { Unmanaged<Context>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Copies a path, which is taken to be absolute.
    private static func copyPath(
        _ name: UnsafePointer<CChar>, _ full: UnsafeMutablePointer<CChar>, _ room: Int32
    ) -> Int32 {
        var length = 0
        while name[length] != 0 { length += 1 }
        guard length < Int(room) else { return SQLITE_CANTOPEN }
        full.update(from: name, count: length + 1)
        return SQLITE_OK
    }
}
