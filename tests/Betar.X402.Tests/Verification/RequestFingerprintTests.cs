using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification;

public class RequestFingerprintTests
{
    [Fact]
    public void The_same_request_has_the_same_fingerprint() =>
        Assert.Equal(RequestFingerprint.Compute("p", "a", "c", "body"u8), RequestFingerprint.Compute("p", "a", "c", "body"u8));

    [Fact]
    public void Every_part_counts_and_so_does_where_it_ends()
    {
        var prints = new[]
        {
            RequestFingerprint.Compute("p", "a", "c", "body"u8),
            RequestFingerprint.Compute("q", "a", "c", "body"u8),
            RequestFingerprint.Compute("p", "b", "c", "body"u8),
            RequestFingerprint.Compute("p", "a", "d", "body"u8),
            RequestFingerprint.Compute("p", "a", "c", "Body"u8),
            RequestFingerprint.Compute("p", "a", "c", ""u8),
            RequestFingerprint.Compute("pa", "", "c", "body"u8),
            RequestFingerprint.Compute("", "pa", "c", "body"u8),
            RequestFingerprint.Compute("p", "a", "cb", "ody"u8),
        };
        Assert.Equal(prints.Length, prints.Distinct().Count());
    }
}
