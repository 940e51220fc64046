/// A moment as a clock and a calendar show it.
package struct CivilMoment {
    package let year: Int64
    package let month: Int64
    package let day: Int64
    package let dayOfYear: Int64
    /// Sunday is 0.
    package let weekday: Int64
    package let secondOfDay: Int64
    package let nanoseconds: Int64

    package init(_ moment: Timestamp, offset: Int64) {
        let seconds = moment.seconds + offset
        var days = seconds / 86_400
        var rest = seconds % 86_400
        if rest < 0 {
            rest += 86_400
            days -= 1
        }
        secondOfDay = rest
        nanoseconds = Int64(moment.nanoseconds)
        weekday = ((days + 4) % 7 + 7) % 7
        // Days since 0000-03-01, so that the leap day is a year's last.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfShifted = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfShifted + 2) / 153
        day = dayOfShifted - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let before: [Int64] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        dayOfYear = before[Int(month - 1)] + day - 1 + (isLeap && month > 2 ? 1 : 0)
    }
}
