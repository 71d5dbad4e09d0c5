using Betar.Node.Errors;
using Betar.Node.Presence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Presence;

public sealed class IdentityMarkTests
{
    private readonly string _peer = "test-" + Guid.NewGuid().ToString("N");

    [Fact]
    public void It_is_given_to_one_and_the_next_hears_of_his_process()
    {
        using IdentityMark first = Take(_peer).OrThrow();

        Checked<IdentityMark> second = Take(_peer);
        Assert.Equal("BTR-2061", second.Refusal!.Error.Code);
        Assert.Contains($"as process {Environment.ProcessId}", second.Refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_gives_it_back_leaves_it_to_the_next()
    {
        Take(_peer).OrThrow().Dispose();
        using IdentityMark next = Take(_peer).OrThrow();
    }

    [Fact]
    public void Of_another_identity_there_is_another()
    {
        using IdentityMark one = Take(_peer).OrThrow();
        using IdentityMark other = Take(_peer + "x").OrThrow();
    }

    [Fact]
    public async Task Of_many_who_want_it_at_once_one_has_it()
    {
        Checked<IdentityMark>[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Take(_peer))));
        Checked<IdentityMark> one = Assert.Single(all, taken => taken.IsOk);
        one.OrThrow().Dispose();
    }

    private static Checked<IdentityMark> Take(string peer) => IdentityMark.Take(peer, NullLogger.Instance);
}
