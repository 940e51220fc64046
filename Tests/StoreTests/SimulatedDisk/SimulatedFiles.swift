import CSQLite
import Glibc
import Store

/// The files of a SQLite store on a simulated disk: registers the disk with SQLite as a file layer of its own, for as
/// long as this lives.
final class SimulatedFiles: StoreFiles {
    let disk: SimulatedDisk
    let layer: String?
    // Sendable: made by `init`, given back by `deinit`, and not touched between but by SQLite, which reads them.
    nonisolated(unsafe) private let methods: UnsafeMutablePointer<sqlite3_io_methods>
    // Sendable: as above; SQLite links its registered layers to each other under a lock of its own.
    nonisolated(unsafe) private let registration: UnsafeMutablePointer<sqlite3_vfs>

    init(_ disk: SimulatedDisk) {
        self.disk = disk
        methods = .allocate(capacity: 1)
        methods.initialize(to: SimulatedFile.methods)
        registration = .allocate(capacity: 1)
        // The address tells disks apart.
        let name = "simulated-\(UInt(bitPattern: registration))"
        layer = name
        var vfs = SimulatedFile.layer
        vfs.zName = UnsafePointer(strdup(name))
        let context = SimulatedFile.Context(disk: disk, methods: UnsafePointer(methods))
        vfs.pAppData = UnsafeMutableRawPointer(Unmanaged.passRetained(context).toOpaque())
        registration.initialize(to: vfs)
        sqlite3_vfs_register(registration, 0)
    }

    deinit {
        sqlite3_vfs_unregister(registration)
        if let context = registration.pointee.pAppData {
            Unmanaged<SimulatedFile.Context>.fromOpaque(context).release()
        }
        free(UnsafeMutablePointer(mutating: registration.pointee.zName))
        registration.deallocate()
        methods.deallocate()
    }

    func makeFile(_ path: String) throws(StoreError) {
        guard disk.open(path, creating: true) != nil else { throw .unavailable("cannot make \(path)") }
        disk.syncNames()
    }

    func reserve(_ path: String, bytes: Int) -> Bool {
        guard let file = disk.open(path, creating: true) else { return false }
        do throws(SimulatedDisk.Fault) {
            try disk.truncate(file, to: max(bytes, disk.size(file)))
            return true
        } catch {
            disk.remove(path, durably: false)
            return false
        }
    }

    func remove(_ path: String) { disk.remove(path, durably: false) }
}
