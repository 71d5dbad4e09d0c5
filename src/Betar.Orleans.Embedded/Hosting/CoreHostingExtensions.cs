using System.Net;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

public static class CoreHostingExtensions
{
    /// <summary>Meets the silos of this process that have the same primary, service and cluster. Without a primary the silo is one.</summary>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = EndpointOptions.DEFAULT_SILO_PORT,
        int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        builder.Configure<EndpointOptions>(options => (options.SiloPort, options.GatewayPort) = (siloPort, gatewayPort));
        builder.Configure<LocalClusterOptions>(options => options.PrimaryPort = primarySiloEndpoint?.Port ?? siloPort);
        return builder.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
    }
}
