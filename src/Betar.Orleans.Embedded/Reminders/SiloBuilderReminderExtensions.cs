using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Hosting;

public static class SiloBuilderReminderExtensions
{
    public static ISiloBuilder AddReminders(this ISiloBuilder builder)
    {
        builder.Services.AddReminders();
        return builder;
    }

    /// <summary>Adds reminders over whatever <see cref="IReminderTable"/> is registered.</summary>
    public static void AddReminders(this IServiceCollection services)
    {
        services.TryAddSingleton<IReminderRegistry, ReminderRegistry>();
        if (services.Any(static service => service.ServiceType == typeof(ReminderService)))
            return;
        services.AddSingleton<ReminderService>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static provider => provider.GetRequiredService<ReminderService>());
    }
}
