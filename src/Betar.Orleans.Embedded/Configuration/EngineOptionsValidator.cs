using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Tells all faults of the options at once.</summary>
internal sealed class EngineOptionsValidator(IOptions<GrainCollectionOptions> collection, IOptions<SiloMessagingOptions> messaging) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var faults = new List<string>();
        var options = collection.Value;
        if (options.CollectionQuantum <= TimeSpan.Zero)
            faults.Add($"{nameof(options.CollectionQuantum)} is {options.CollectionQuantum}, but must be positive.");
        if (options.CollectionAge <= options.CollectionQuantum)
            faults.Add($"{nameof(options.CollectionAge)} is {options.CollectionAge}, but must be longer than {nameof(options.CollectionQuantum)} ({options.CollectionQuantum}).");
        foreach (var (name, age) in options.ClassSpecificCollectionAge)
        {
            if (age <= options.CollectionQuantum)
                faults.Add($"{nameof(options.ClassSpecificCollectionAge)} of {name} is {age}, but must be longer than {nameof(options.CollectionQuantum)} ({options.CollectionQuantum}).");
        }

        if (messaging.Value.ResponseTimeout <= TimeSpan.Zero && messaging.Value.ResponseTimeout != Timeout.InfiniteTimeSpan)
            faults.Add($"{nameof(messaging.Value.ResponseTimeout)} is {messaging.Value.ResponseTimeout}, but must be positive or infinite.");
        if (faults.Count > 0)
            throw new OrleansConfigurationException(string.Join(" ", faults));
    }
}
