import CEL
import Testing

@Suite("Conversions and times")
struct ConversionTests {
    @Test(
        "What does not fit is an error, never another value",
        arguments: Case.table(
            """
            int(1u) => 1
            int(1.9) => 1
            int(-1.9) => -1
            int('-12') => -12
            int('1.5') => !! program instantiation failed: type conversion error from 'string' to 'int'
            int(dyn('1.5')) => !! program instantiation failed: type conversion error from 'string' to 'int'
            int(dyn(1e99)) => !! program instantiation failed: integer overflow
            int(dyn(9223372036854775808u)) => !! program instantiation failed: integer overflow
            int(timestamp('1970-01-01T00:01:00Z')) => 60
            int(duration('1s')) => 1000000000
            uint(5) => 5u
            uint(dyn(-1)) => !! program instantiation failed: unsigned integer overflow
            uint(3.7) => 3u
            uint('7') => 7u
            uint(dyn('-7')) => !! program instantiation failed: type conversion error from 'string' to 'uint'
            double(2) => 2.0
            double(2u) => 2.0
            double('2.5') => 2.5
            double('inf') => inf
            double(dyn('x')) => !! program instantiation failed: type conversion error from 'string' to 'double'
            string(12) => '12'
            string(12u) => '12'
            string(1.5) => '1.5'
            string(1.0) => '1'
            string(1e21) => '1e+21'
            string(1e20) => '1e+20'
            string(1234567.0) => '1.234567e+06'
            string(999999.5) => '999999.5'
            string(0.00001) => '1e-05'
            string(0.0001) => '0.0001'
            string(-0.0) => '-0'
            string(true) => 'true'
            string('a') => 'a'
            string(b'abc') => 'abc'
            string(dyn(b'\\377')) => !! program instantiation failed: invalid UTF-8 in bytes, cannot convert to string
            string(duration('90m')) => '5400s'
            string(duration('1.5s')) => '1.5s'
            string(timestamp('2026-02-03T04:05:06.7Z')) => '2026-02-03T04:05:06.7Z'
            bytes('abc') => b'abc'
            bool('true') => true
            bool('T') => true
            bool('0') => false
            bool(dyn('yes')) => !! program instantiation failed: type conversion error from 'string' to 'bool'
            bool(1) => !! found no matching overload for 'bool' applied to '(int)'
            type(1) => int
            type(1u) => uint
            type(1.0) => double
            type('a') => string
            type(b'a') => bytes
            type(null) => null_type
            type([1]) => list
            type({}) => map
            type(true) => bool
            type(duration('1s')) => google.protobuf.Duration
            type(timestamp('2026-01-01T00:00:00Z')) => google.protobuf.Timestamp
            type(type(1)) => type
            type(optional.of(1)) => optional_type
            dyn(1) => 1
            dyn => !! undeclared reference to 'dyn' (in container '')
            string(1, 2) => !! found no matching overload for 'string' applied to '(int, int)'
            """))
    func conversion(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "Moments and spans",
        arguments: Case.table(
            """
            timestamp('2026-03-04T05:06:07Z') => timestamp(2026-03-04T05:06:07Z)
            timestamp('2026-03-04T05:06:07+02:00') => timestamp(2026-03-04T03:06:07Z)
            timestamp(0) => timestamp(1970-01-01T00:00:00Z)
            timestamp('nonsense') => !! invalid timestamp argument
            timestamp(dyn('0000-01-01T00:00:00Z')) => !! program instantiation failed: type conversion error from 'string' to 'google.protobuf.Timestamp'
            timestamp(dyn(253402300800)) => !! program instantiation failed: timestamp overflow
            duration('1h30m') => duration(1h30m0s)
            duration('-1.5s') => duration(-1.5s)
            duration('100000000h') => !! invalid duration argument
            duration('1') => !! invalid duration argument
            timestamp('2026-01-01T00:00:00Z') + duration('24h') => timestamp(2026-01-02T00:00:00Z)
            duration('1h') + timestamp('2026-01-01T00:00:00Z') => timestamp(2026-01-01T01:00:00Z)
            timestamp('2026-01-01T00:00:00Z') - duration('1ns') => timestamp(2025-12-31T23:59:59.999999999Z)
            timestamp('2026-01-02T00:00:00Z') - timestamp('2026-01-01T00:00:00Z') => duration(24h0m0s)
            timestamp('9999-12-31T23:59:59Z') + duration('1s') => ! timestamp overflow
            timestamp('0001-01-01T00:00:00Z') - duration('1s') => ! timestamp overflow
            timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z') => ! timestamp overflow
            duration('1h') + duration('30m') => duration(1h30m0s)
            duration('1h') - duration('30m') => duration(30m0s)
            duration('1h') < duration('61m') => true
            timestamp('2026-01-01T00:00:00Z') < timestamp('2026-01-01T00:00:01Z') => true
            timestamp('2024-02-29T13:14:15.678Z').getFullYear() => 2024
            timestamp('2024-02-29T13:14:15.678Z').getMonth() => 1
            timestamp('2024-02-29T13:14:15.678Z').getDate() => 29
            timestamp('2024-02-29T13:14:15.678Z').getDayOfMonth() => 28
            timestamp('2024-02-29T13:14:15.678Z').getDayOfWeek() => 4
            timestamp('2024-02-29T13:14:15.678Z').getDayOfYear() => 59
            timestamp('2024-12-31T00:00:00Z').getDayOfYear() => 365
            timestamp('2024-02-29T13:14:15.678Z').getHours() => 13
            timestamp('2024-02-29T13:14:15.678Z').getMinutes() => 14
            timestamp('2024-02-29T13:14:15.678Z').getSeconds() => 15
            timestamp('2024-02-29T13:14:15.678Z').getMilliseconds() => 678
            timestamp('1969-07-20T20:17:40Z').getDayOfWeek() => 0
            timestamp('0001-01-01T00:00:00Z').getDayOfWeek() => 1
            timestamp('2024-02-29T23:30:00Z').getDate('+01:00') => 1
            timestamp('2024-02-29T23:30:00Z').getHours('-02:30') => 21
            timestamp('2024-02-29T23:30:00Z').getMinutes('02:30') => 0
            timestamp('2024-02-29T23:30:00Z').getHours('UTC') => 23
            timestamp('2024-02-29T23:30:00Z').getHours('Nowhere/Land') => ! unknown time zone Nowhere/Land
            timestamp('2024-02-29T23:30:00Z').getHours('../../etc/passwd') => ! unknown time zone ../../etc/passwd
            timestamp('2024-02-29T23:30:00Z').getHours('99:00') => ! invalid time zone: 99:00
            duration('3730s').getHours() => 1
            duration('3730s').getMinutes() => 62
            duration('3730s').getSeconds() => 3730
            duration('1.234s').getMilliseconds() => 1234
            size('héllo') => 5
            'héllo'.size() => 5
            size('🐱') => 1
            size(b'h\\303\\251') => 3
            size([1, 2]) => 2
            {'a': 1}.size() => 1
            size(1) => !! found no matching overload for 'size' applied to '(int)'
            """))
    func times(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }
}
