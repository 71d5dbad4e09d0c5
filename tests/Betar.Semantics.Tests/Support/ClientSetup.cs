using Microsoft.Extensions.Configuration;

namespace Betar.Semantics.Tests.Support;

/// <summary>What the client of the suite has.</summary>
public sealed class ClientSetup : IClientBuilderConfigurator
{
    public void Configure(IConfiguration configuration, IClientBuilder clientBuilder)
    {
    }
}
