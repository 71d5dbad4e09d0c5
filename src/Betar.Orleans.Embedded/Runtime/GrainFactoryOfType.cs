using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>Makes instances of one grain class: states by attribute, the rest from services.</summary>
internal sealed class GrainFactoryOfType
{
    private readonly ObjectFactory _create;
    private readonly Func<IGrainContext, object>[] _facets;
    private readonly bool _needsScope;

    public GrainFactoryOfType(Type implementation, ServiceLifetimes lifetimes)
    {
        var constructor = ConstructorOf(implementation);
        var facets = new List<Func<IGrainContext, object>>();
        var facetTypes = new List<Type>();
        foreach (var parameter in constructor.GetParameters())
        {
            if (parameter.GetCustomAttributes().OfType<IPersistentStateConfiguration>().FirstOrDefault() is { } state)
            {
                facets.Add(PersistentStates.Facet(parameter, state));
                facetTypes.Add(parameter.ParameterType);
            }
            else if (parameter.ParameterType == typeof(IGrainContext))
            {
                facets.Add(static context => context);
                facetTypes.Add(typeof(IGrainContext));
            }
            else if (!lifetimes.IsSingleton(parameter.ParameterType))
            {
                _needsScope = true;
            }
        }

        _facets = [.. facets];
        _create = ActivatorUtilities.CreateFactory(implementation, [.. facetTypes]);
    }

    public object Create(Activation activation)
    {
        var arguments = _facets.Length == 0 ? [] : new object[_facets.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = _facets[i](activation);
        try
        {
            return _create(_needsScope ? activation.ActivationServices : activation.Silo.Services, arguments);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"No grain could be made for {activation.GrainId}: {exception.Message}", exception);
        }
    }

    private static ConstructorInfo ConstructorOf(Type implementation)
    {
        var all = implementation.GetConstructors();
        return all.FirstOrDefault(static constructor => constructor.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? all.MaxBy(static constructor => constructor.GetParameters().Length)
            ?? throw new OrleansConfigurationException($"{implementation} has no public constructor.");
    }
}
