/// The dictionary that SPDY/3 (section 2.6.10.1) primes both header compressors with.
///
/// Its first part is words, each after its length in four bytes; the rest is plain text. Both sides must have it to the
/// byte, which zlib checks by its Adler-32, 0xE3C6A7C2.
enum SPDYDictionary {
    static let bytes: [UInt8] = {
        var bytes = [UInt8]()
        for word in words.split(separator: "|") {
            bytes += [0, 0, 0, UInt8(truncatingIfNeeded: word.utf8.count)]
            bytes += Array(word.utf8)
        }
        return bytes + Array(text.utf8)
    }()

    private static let words = """
        options|head|post|put|delete|trace|accept|accept-charset|accept-encoding|accept-language|accept-ranges|age|\
        allow|authorization|cache-control|connection|content-base|content-encoding|content-language|content-length|\
        content-location|content-md5|content-range|content-type|date|etag|expect|expires|from|host|if-match|\
        if-modified-since|if-none-match|if-range|if-unmodified-since|last-modified|location|max-forwards|pragma|\
        proxy-authenticate|proxy-authorization|range|referer|retry-after|server|te|trailer|transfer-encoding|upgrade|\
        user-agent|vary|via|warning|www-authenticate|method|get|status|200 OK|version|HTTP/1.1|url|public|set-cookie|\
        keep-alive|origin
        """

    private static let text = """
        100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 \
        Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 \
        Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service UnavailableJan Feb Mar Apr \
        May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,\
        image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,publicprivate\
        max-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.
        """
}
