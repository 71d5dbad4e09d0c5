using Betar.Libp2p.Dialing;
using Betar.Libp2p.Multiformats;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.Dialing;

public sealed class AddressBackoffTests
{
    private static readonly Multiaddr Address = Multiaddr.Parse("/ip4/8.8.8.8/tcp/1");

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Each_failure_doubles_the_rest_up_to_a_bound()
    {
        var backoff = new AddressBackoff(new DialOptions(), _time);
        foreach (var seconds in new[] { 5, 10, 20, 40, 80, 160, 300, 300 })
        {
            backoff.Failed(Address);
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.True(backoff.IsResting(Address), $"{seconds} s");
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.False(backoff.IsResting(Address), $"{seconds} s");
        }

        for (var i = 0; i < 100; i++)
            backoff.Failed(Address);
        Assert.True(backoff.IsResting(Address));
    }

    [Fact]
    public void A_success_is_a_new_start()
    {
        var backoff = new AddressBackoff(new DialOptions(), _time);
        backoff.Failed(Address);
        backoff.Failed(Address);
        backoff.Succeeded(Address);

        Assert.False(backoff.IsResting(Address));
        backoff.Failed(Address);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(backoff.IsResting(Address));
    }

    [Fact]
    public void The_oldest_are_forgotten()
    {
        var backoff = new AddressBackoff(new DialOptions { RememberedAddresses = 2 }, _time);
        for (var port = 1; port <= 3; port++)
            backoff.Failed(Multiaddr.Parse($"/ip4/8.8.8.8/tcp/{port}"));

        Assert.False(backoff.IsResting(Multiaddr.Parse("/ip4/8.8.8.8/tcp/1")));
        Assert.True(backoff.IsResting(Multiaddr.Parse("/ip4/8.8.8.8/tcp/2")));
        Assert.True(backoff.IsResting(Multiaddr.Parse("/ip4/8.8.8.8/tcp/3")));
    }
}
