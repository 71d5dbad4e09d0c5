namespace Orleans.TestingHost;

/// <summary>What a test cluster looks like.</summary>
public class TestClusterOptions
{
    public string ClusterId { get; set; } = "";

    public string ServiceId { get; set; } = "";

    /// <summary>Silos that <see cref="TestCluster.DeployAsync()"/> starts. Default: 2.</summary>
    public short InitialSilosCount { get; set; } = 2;

    /// <summary>Whether a client is started with them. Default: yes.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    public List<string> SiloBuilderConfiguratorTypes { get; } = [];

    public List<string> ClientBuilderConfiguratorTypes { get; } = [];
}
