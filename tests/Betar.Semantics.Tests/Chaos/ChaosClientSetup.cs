using Microsoft.Extensions.Configuration;
using Orleans.Configuration;

namespace Betar.Semantics.Tests.Chaos;

public sealed class ChaosClientSetup : IClientBuilderConfigurator
{
    public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
        clientBuilder.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
}
