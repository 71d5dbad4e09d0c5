namespace Orleans.Runtime;

/// <summary>How members of a cluster within one process find each other.</summary>
internal sealed class LocalClusterOptions
{
    /// <summary>The port of the silo that the others join; 0: the own one.</summary>
    public int PrimaryPort { get; set; }

    /// <summary>The gateway that a client looks for.</summary>
    public int GatewayPort { get; set; }
}
