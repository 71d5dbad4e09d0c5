namespace Betar.Grains.Gateway;

/// <summary>The arithmetic of the fleet's presence; <c>docs/gateway.md</c> explains it.</summary>
public sealed class GatewayOptions
{
    /// <summary>How long a lease lasts by the store's clock, and so how long a killed silo is missed. Range 500 ms to 5 min; default 4 s.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a holder renews. Range 50 ms to half of <see cref="StopAfter"/>; default 1 s.</summary>
    public TimeSpan RenewEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A holder whose last granted question is this old stops its host. Range 100 ms to <see cref="Lease"/> less <see cref="CloseWithin"/>; default 2.5 s.</summary>
    public TimeSpan StopAfter { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Within this a host is silent; longer is an error in the log, for then two could speak. Range 50 ms to 1 min; default 1 s.</summary>
    public TimeSpan CloseWithin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a silo that waits for the lease asks again, at the latest. Range 10 ms to 10 s; default 250 ms.</summary>
    public TimeSpan AskEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often each silo looks whether the gateway lives. Range 50 ms to 1 min; default 500 ms.</summary>
    public TimeSpan WakeEvery { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks in a row at which nobody has the lease, before the gateway is sent to another silo. Range 2 to 1,000; default 4.</summary>
    public int FreeLooks { get; set; } = 4;

    /// <summary>How long a silo that stops waits for what was paid for. Range 0 to 10 min; default 10 s.</summary>
    public TimeSpan DrainWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Every fault of these options, each naming the option and its value.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        Check(faults, nameof(Lease), Lease, TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(5));
        Check(faults, nameof(StopAfter), StopAfter, TimeSpan.FromMilliseconds(100), Lease - CloseWithin);
        Check(faults, nameof(RenewEvery), RenewEvery, TimeSpan.FromMilliseconds(50), StopAfter / 2);
        Check(faults, nameof(CloseWithin), CloseWithin, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        Check(faults, nameof(AskEvery), AskEvery, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));
        Check(faults, nameof(WakeEvery), WakeEvery, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        Check(faults, nameof(DrainWithin), DrainWithin, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        if (FreeLooks is < 2 or > 1_000)
            faults.Add($"{nameof(FreeLooks)} is {FreeLooks}; it must be from 2 to 1000.");
        return faults;
    }

    private static void Check(List<string> faults, string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            faults.Add($"{name} is {value}; it must be from {least} to {most}.");
    }
}
