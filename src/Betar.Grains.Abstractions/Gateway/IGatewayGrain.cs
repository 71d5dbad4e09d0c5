namespace Betar.Grains.Abstractions.Gateway;

/// <summary>["gateway"] Is the fleet's single presence among its peers: owns the host, on one silo at a time. What peers say never passes through here.</summary>
[Alias("betar.IGatewayGrain")]
public interface IGatewayGrain : IGrainWithStringKey
{
    /// <summary>Its only key.</summary>
    const string Key = "gateway";

    /// <summary>Brings it to life where there is none, and moves it on where it failed.</summary>
    [Alias("Ensure")]
    Task<GatewayStatus> Ensure();

    /// <summary>How it stands on the silo where it lives now.</summary>
    [Alias("GetStatus")]
    ValueTask<GatewayStatus> GetStatus();

    /// <summary>Leaves its silo, unless a term above this one has begun there since: somebody saw that the lease of that term ran out.</summary>
    [Alias("Yield")]
    Task Yield(long epoch);
}
