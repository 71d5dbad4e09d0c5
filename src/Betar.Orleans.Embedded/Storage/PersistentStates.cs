using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Providers;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Makes the states that grains ask for.</summary>
internal static class PersistentStates
{
    private static readonly ConcurrentDictionary<Type, Func<Activation, string, string?, object>> Makers = new();

    public static Func<IGrainContext, object> Facet(ParameterInfo parameter, IPersistentStateConfiguration state)
    {
        if (parameter.ParameterType is not { IsGenericType: true } type || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException(
                $"The parameter {parameter.Name} of {parameter.Member.DeclaringType} has [PersistentState], but is no IPersistentState<T>.");
        }

        var maker = Makers.GetOrAdd(type.GenericTypeArguments[0], static type =>
            typeof(PersistentStates).GetMethod(nameof(Create), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type).CreateDelegate<Func<Activation, string, string?, object>>());
        return context => maker((Activation)context, state.StateName, state.StorageName);
    }

    /// <summary>The state of a <see cref="Grain{TGrainState}"/>.</summary>
    public static IStorage<T> OfGrain<T>(IGrainContext context)
    {
        var activation = (Activation)context;
        var provider = activation.Type.Class.GetCustomAttribute<StorageProviderAttribute>()?.ProviderName;
        return Create<T>(activation, "state", provider);
    }

    private static PersistentState<T> Create<T>(Activation activation, string stateName, string? storageName)
    {
        var name = string.IsNullOrEmpty(storageName) ? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME : storageName;
        var storage = activation.Silo.Services.GetKeyedService<IGrainStorage>(name)
            ?? throw new BadProviderConfigException(
                $"{activation.Type.Class} keeps its state \"{stateName}\" in a storage named \"{name}\", but the silo has none of that name. Add one, for instance by AddMemoryGrainStorage(\"{name}\").");
        var state = new PersistentState<T>(stateName, activation, storage);
        activation.ObservableLifecycle.Subscribe(stateName, GrainLifecycleStage.SetupState, state);
        return state;
    }
}
