using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>Writes into the journal what it is told to make of a call, then lets the call go on.</summary>
internal sealed class JournalFilter(Journal journal, Func<IGrainCallContext, string?> line) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    public JournalFilter(ISiloBuilder silo, Func<IGrainCallContext, string?> line)
        : this((Journal)silo.Services.Last(static service => service.ServiceType == typeof(Journal)).ImplementationInstance!, line)
    {
    }

    public Task Invoke(IIncomingGrainCallContext context) => Run(context);

    public Task Invoke(IOutgoingGrainCallContext context) => Run(context);

    private Task Run(IGrainCallContext context)
    {
        if (line(context) is { } text)
            journal.Write(text);
        return context.Invoke();
    }
}
