using System.Collections.Concurrent;
using System.Reflection;
using Orleans.CodeGeneration;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace Orleans.Runtime;

/// <summary>Makes references: a generated proxy for each interface.</summary>
internal sealed class GrainReferences(GrainTypes types, CallNodeHolder node, CodecProvider codecs, CopyContextPool contexts, IServiceProvider services)
{
    private readonly ConcurrentDictionary<(GrainType, Type), Maker> _makers = new();

    public GrainReference Create(GrainId id, Type interfaceType) => Create(id.Type, id.Key, interfaceType);

    public GrainReference Create(GrainType type, IdSpan key, Type interfaceType)
    {
        if (!_makers.TryGetValue((type, interfaceType), out var maker))
            maker = _makers.GetOrAdd((type, interfaceType), NewMaker(type, interfaceType));
        return maker.Create(key);
    }

    /// <summary>A reference that can be compared, sent and cast, but not called.</summary>
    public GrainReference CreateUntyped(GrainId id) => Create(id, typeof(IAddressable));

    private Maker NewMaker(GrainType type, Type interfaceType)
    {
        if (!typeof(IAddressable).IsAssignableFrom(interfaceType) || !interfaceType.IsInterface)
            throw new ArgumentException($"{interfaceType} is not a grain interface.");
        var isTyped = interfaceType != typeof(IAddressable) && interfaceType != typeof(IGrain);
        var shared = new GrainReferenceShared(
            type, isTyped ? types.InterfaceTypeOf(interfaceType) : default, 0, node.Node, InvokeMethodOptions.None, codecs, contexts, services);
        return new(shared, isTyped ? ConstructorOf(types.ProxyOf(interfaceType)) : null);
    }

    private static ConstructorInvoker ConstructorOf(Type proxy) => ConstructorInvoker.Create(
        proxy.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, [typeof(GrainReferenceShared), typeof(IdSpan)])
        ?? throw new InvalidOperationException($"{proxy} is not a generated proxy."));

    private sealed class Maker(GrainReferenceShared shared, ConstructorInvoker? constructor)
    {
        public GrainReference Create(IdSpan key) =>
            constructor is null ? new UntypedReference(shared, key) : (GrainReference)constructor.Invoke(shared, key);
    }

    private sealed class UntypedReference(GrainReferenceShared shared, IdSpan key) : GrainReference(shared, key), IGrain;
}
