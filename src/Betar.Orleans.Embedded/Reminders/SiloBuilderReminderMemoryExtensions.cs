using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Keeps reminders in the memory of the cluster: they outlive a silo, not the process.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        builder.AddReminders();
        builder.Services.AddSingleton<IReminderTable>(static services => (IReminderTable)services.GetRequiredService<CallNodeHolder>().Node
            .Cluster.Shared.GetOrAdd("reminders", static _ => new MemoryReminderTable()));
        return builder;
    }
}
