using System.Net;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Limits;

/// <summary>How often one address may come, and what counts as one address.</summary>
public sealed class AddressRatesTests
{
    private static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.1");

    private readonly ManualTimeProvider _time = new();
    private readonly ConnectionLimitOptions _options = new();

    /// <summary>What a peer saved up is never more than the reserve, whatever it had left before the quiet time.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(10)]
    public void After_a_quiet_time_the_reserve_and_no_more_may_come_at_once(int before)
    {
        var rates = new AddressRates(_options.NewPerSecondPerAddress, _options.NewBurstPerAddress, _options.RememberedAddresses, _time);
        Assert.Equal(before, Burst(rates, before));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(_options.NewBurstPerAddress, Burst(rates, 100));
    }

    [Fact]
    public void Without_a_quiet_time_five_a_second_come_for_ever()
    {
        var rates = new AddressRates(_options.NewPerSecondPerAddress, _options.NewBurstPerAddress, _options.RememberedAddresses, _time);
        Assert.Equal(10, Burst(rates, 100));
        for (var second = 0; second < 20; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(5, Burst(rates, 100));
        }
    }

    [Fact]
    public void One_address_takes_nothing_from_another()
    {
        var rates = new AddressRates(_options.NewPerSecondPerAddress, _options.NewBurstPerAddress, _options.RememberedAddresses, _time);
        Assert.Equal(10, Burst(rates, 100));
        Assert.True(rates.TryTake(IPAddress.Parse("192.0.2.2")));
    }

    [Fact]
    public void When_too_many_addresses_come_newcomers_wait_until_others_have_been_quiet()
    {
        _options.RememberedAddresses = 3;
        var rates = new AddressRates(_options.NewPerSecondPerAddress, _options.NewBurstPerAddress, _options.RememberedAddresses, _time);
        for (var i = 1; i <= 3; i++)
            Assert.True(rates.TryTake(IPAddress.Parse($"192.0.2.{i}")));
        Assert.False(rates.TryTake(IPAddress.Parse("192.0.2.4")));
        Assert.True(rates.TryTake(IPAddress.Parse("192.0.2.3")));

        // Ten in reserve at five a second: two seconds bring all of it back.
        _time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.False(rates.TryTake(IPAddress.Parse("192.0.2.4")));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(rates.TryTake(IPAddress.Parse("192.0.2.4")));
        Assert.Equal(1, rates.Count);
    }

    [Fact]
    public void Whatever_the_pattern_no_stretch_of_time_holds_more_than_rate_and_reserve()
    {
        var random = new Random(TestSeed.Value);
        var rates = new AddressRates(_options.NewPerSecondPerAddress, _options.NewBurstPerAddress, _options.RememberedAddresses, _time);
        var taken = new List<DateTimeOffset>();
        for (var step = 0; step < 2000; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(random.Next(10) == 0 ? 5000 : 200)));
            if (rates.TryTake(Somewhere))
                taken.Add(_time.GetUtcNow());
        }

        for (var first = 0; first < taken.Count; first++)
        {
            for (var last = first; last < Math.Min(taken.Count, first + 60); last++)
            {
                var most = _options.NewBurstPerAddress + ((taken[last] - taken[first]).TotalSeconds * _options.NewPerSecondPerAddress);
                Assert.True(last - first + 1 <= most + 1e-6, $"seed {TestSeed.Value}: {last - first + 1} within {taken[last] - taken[first]}");
            }
        }
    }

    [Theory]
    [InlineData("/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.1/tcp/2", true)]
    [InlineData("/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.1/udp/2/quic-v1", true)]
    [InlineData("/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.2/tcp/1", false)]
    [InlineData("/ip4/192.0.2.1/tcp/1", "/ip6/::ffff:192.0.2.1/tcp/1", true)]
    [InlineData("/ip6/2001:db8:0:00aa::1/tcp/1", "/ip6/2001:db8:0:00bb:ffff::9/tcp/1", true)]
    [InlineData("/ip6/2001:db8:0:0000::1/tcp/1", "/ip6/2001:db8:0:00ff:ffff:ffff:ffff:ffff/tcp/1", true)]
    [InlineData("/ip6/2001:db8:0:00ff::1/tcp/1", "/ip6/2001:db8:0:0100::1/tcp/1", false)]
    [InlineData("/ip6/2001:db8:0:0100::1/tcp/1", "/ip6/2001:db8:1:0100::1/tcp/1", false)]
    public void What_is_one_address(string one, string other, bool same) =>
        Assert.Equal(same, AddressGroup.Of(Multiaddr.Parse(one))!.Equals(AddressGroup.Of(Multiaddr.Parse(other))));

    [Theory]
    [InlineData("/memory/1")]
    [InlineData("/dns4/a.example/tcp/1")]
    [InlineData("/unix/tmp")]
    public void What_is_no_address_of_the_internet_is_in_no_group(string address) => Assert.Null(AddressGroup.Of(Multiaddr.Parse(address)));

    private static int Burst(AddressRates rates, int tries) => Enumerable.Range(0, tries).Count(_ => rates.TryTake(Somewhere));
}
