using System.Collections.Concurrent;
using Betar.X402.Challenges;

namespace Betar.X402.Tests.Challenges;

public sealed class SaltSourceTests
{
    /// <summary>More than a thread keeps ahead, on several threads: none comes twice, and none is what was cleared after it was given.</summary>
    [Fact]
    public void No_salt_comes_twice()
    {
        var seen = new ConcurrentDictionary<string, bool>();

        Parallel.For(0, 5_000, _ =>
        {
            var salt = new byte[10];
            SaltSource.Fill(salt);
            Assert.True(seen.TryAdd(Convert.ToHexString(salt), true));
        });

        Assert.DoesNotContain(new string('0', 20), seen.Keys);
    }
}
