using Betar.Grains.Gateway;

namespace Betar.Grains.Tests.Gateway;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void The_defaults_are_without_fault() => Assert.Empty(new GatewayOptions().Faults());

    public static TheoryData<string, GatewayOptions> Faulty => new()
    {
        { nameof(GatewayOptions.Lease), new GatewayOptions { Lease = TimeSpan.FromMinutes(6) } },
        { nameof(GatewayOptions.StopAfter), new GatewayOptions { StopAfter = TimeSpan.FromSeconds(3.1) } },
        { nameof(GatewayOptions.StopAfter), new GatewayOptions { Lease = TimeSpan.FromSeconds(3) } },
        { nameof(GatewayOptions.RenewEvery), new GatewayOptions { RenewEvery = TimeSpan.FromSeconds(1.3) } },
        { nameof(GatewayOptions.CloseWithin), new GatewayOptions { CloseWithin = TimeSpan.FromMilliseconds(49) } },
        { nameof(GatewayOptions.AskEvery), new GatewayOptions { AskEvery = TimeSpan.Zero } },
        { nameof(GatewayOptions.WakeEvery), new GatewayOptions { WakeEvery = TimeSpan.FromMinutes(2) } },
        { nameof(GatewayOptions.DrainWithin), new GatewayOptions { DrainWithin = TimeSpan.FromSeconds(-1) } },
        { nameof(GatewayOptions.FreeLooks), new GatewayOptions { FreeLooks = 1 } },
        { nameof(GatewayOptions.FreeLooks), new GatewayOptions { FreeLooks = 1_001 } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Each_option_has_a_range(string name, GatewayOptions options) =>
        Assert.StartsWith($"{name} is ", Assert.Single(options.Faults()), StringComparison.Ordinal);

    [Fact]
    public void A_host_has_time_to_fall_silent_before_its_lease_can_pass()
    {
        var options = new GatewayOptions();

        Assert.True(options.StopAfter + options.CloseWithin <= options.Lease);
        Assert.True(2 * options.RenewEvery <= options.StopAfter);
    }
}
