import Foundation
import Machinery

package enum CronJobValidation {
    private static let path = FieldPath("spec")
    /// Jobs have a suffix of 11 characters, and labels 63.
    private static let maximumNameLength = 52

    package static func validate(_ job: CronJob) -> [FieldError] {
        let spec = job.spec
        var errors: [FieldError] = []
        if spec.schedule.isEmpty {
            errors.append(.required(path.child("schedule")))
        } else {
            do throws(CronSchedule.Failure) {
                _ = try CronSchedule(parsing: spec.schedule)
            } catch {
                errors.append(.invalid(path.child("schedule"), spec.schedule, error.description))
            }
        }
        errors += Check.notNegative(spec.startingDeadlineSeconds, at: path.child("startingDeadlineSeconds"))
        errors += Check.oneOf(
            spec.concurrencyPolicy, ["Allow", "Forbid", "Replace"], at: path.child("concurrencyPolicy"))
        let template = path.child("jobTemplate", "spec")
        errors += JobValidation.validate(spec: spec.jobTemplate.spec, at: template)
        if let selector = spec.jobTemplate.spec.selector {
            errors.append(
                .invalid(template.child("selector"), .object(selector.json), "`selector` will be auto-generated"))
        }
        if spec.jobTemplate.spec.manualSelector == true {
            errors.append(
                .notSupported(template.child("manualSelector"), "true", supported: ["nil", "false"]))
        }
        errors += Check.notNegative(spec.successfulJobsHistoryLimit, at: path.child("successfulJobsHistoryLimit"))
        return errors + Check.notNegative(spec.failedJobsHistoryLimit, at: path.child("failedJobsHistoryLimit"))
    }

    package static func validateCreate(_ job: CronJob) -> [FieldError] {
        var errors = validateZones(job, old: nil)
        if job.name.utf8.count > maximumNameLength {
            errors.append(
                .invalid(FieldPath("metadata").child("name"), job.name, "must be no more than 52 characters"))
        }
        return errors
    }

    package static func validateUpdate(_ job: CronJob, from old: CronJob) -> [FieldError] {
        validateZones(job, old: old)
    }

    private static func validateZones(_ job: CronJob, old: CronJob?) -> [FieldError] {
        let schedule = job.spec.schedule
        var errors: [FieldError] = []
        if schedule.contains("TZ") {
            if old?.spec.schedule.contains("TZ") != true {
                errors.append(
                    .invalid(
                        path.child("schedule"), schedule,
                        "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"))
            } else if job.spec.timeZone != nil {
                errors.append(
                    .invalid(
                        path.child("schedule"), schedule,
                        "cannot use both timeZone field and TZ or CRON_TZ in schedule"))
            }
        }
        if old == nil || old?.spec.timeZone != job.spec.timeZone {
            errors += validateZone(job.spec.timeZone, at: path.child("timeZone"))
        }
        return errors
    }

    private static func validateZone(_ zone: String?, at place: FieldPath) -> [FieldError] {
        guard let zone else { return [] }
        if zone.isEmpty { return [.invalid(place, zone, "timeZone must be nil or non-empty string")] }
        let isWellFormed = zone.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            part != "." && part != ".." && !part.hasPrefix("-") && (1...14).contains(part.utf8.count)
                && part.utf8.allSatisfy(isZoneCharacter)
        }
        guard isWellFormed else { return [.invalid(place, zone, "unknown time zone \(zone)")] }
        if zone.lowercased() == "local" {
            return [
                .invalid(
                    place, zone,
                    "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones")
            ]
        }
        return TimeZone(identifier: zone) == nil ? [.invalid(place, zone, "unknown time zone \(zone)")] : []
    }

    private static func isZoneCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "+"):
            true
        default: false
        }
    }
}
