namespace Orleans.Configuration;

/// <summary>Which cluster a silo or client belongs to.</summary>
public class ClusterOptions
{
    /// <summary>Names the cluster; silos and clients of one process meet by it. Default: "default".</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>Names the service, which outlives clusters. Default: "default".</summary>
    public string ServiceId { get; set; } = "default";
}
