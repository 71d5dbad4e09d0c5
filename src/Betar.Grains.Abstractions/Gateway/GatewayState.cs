namespace Betar.Grains.Abstractions.Gateway;

/// <summary>How far a silo is with being the gateway.</summary>
[GenerateSerializer, Alias("betar.gateway-state")]
public enum GatewayState
{
    /// <summary>It is not asked to be.</summary>
    Idle,

    /// <summary>It waits for the lease.</summary>
    Waiting,

    /// <summary>It has the lease, and its host is on its way.</summary>
    Opening,

    /// <summary>Peers can come in.</summary>
    Open,

    /// <summary>It had to stop; another silo's turn.</summary>
    Lost,
}
