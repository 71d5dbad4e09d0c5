using Microsoft.Extensions.Configuration;

namespace Betar.Semantics.Tests.Filters;

public sealed class FilterClientSetup : IClientBuilderConfigurator
{
    public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
        clientBuilder.AddOutgoingGrainCallFilter(new NotingFilter("client"));
}
