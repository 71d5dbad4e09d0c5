namespace Betar.Semantics.Tests.Filters;

/// <summary>Two incoming filters and an outgoing one on the silo, for the calls of <see cref="IFilteredGrain"/> only.</summary>
public sealed class FilterSetup : ISiloConfigurator
{
    public void Configure(ISiloBuilder siloBuilder)
    {
        new SiloSetup().Configure(siloBuilder);
        siloBuilder.AddIncomingGrainCallFilter(new NotingFilter("first"));
        siloBuilder.AddIncomingGrainCallFilter<DecidingFilter>();
        siloBuilder.AddOutgoingGrainCallFilter(new NotingFilter("outgoing"));
        siloBuilder.AddIncomingGrainCallFilter(async context =>
        {
            await context.Invoke();
            if (context.Result is "from a delegate")
            {
                context.Result = "replaced by a delegate";
            }
        });
    }
}
