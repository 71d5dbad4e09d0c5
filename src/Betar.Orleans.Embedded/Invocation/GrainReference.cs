using System.Diagnostics.CodeAnalysis;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace Orleans.Runtime;

/// <summary>Stands for a grain wherever it may be; generated proxies derive from it.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>, ISpanFormattable
{
    private readonly GrainReferenceShared _shared;
    private readonly IdSpan _key;

    protected GrainReference(GrainReferenceShared shared, IdSpan key)
    {
        _shared = shared;
        _key = key;
    }

    public GrainId GrainId => new(_shared.GrainType, _key);

    public GrainInterfaceType InterfaceType => _shared.InterfaceType;

    public ushort InterfaceVersion => _shared.InterfaceVersion;

    public virtual string InterfaceName => InterfaceType.ToString();

    protected CodecProvider CodecProvider => _shared.CodecProvider;

    protected CopyContextPool CopyContextPool => _shared.CopyContextPool;

    internal GrainReferenceShared Shared => _shared;

    internal IdSpan Key => _key;

    public virtual TGrainInterface Cast<TGrainInterface>() where TGrainInterface : IAddressable =>
        this is TGrainInterface already ? already : (TGrainInterface)_shared.Runtime.Cast(this, typeof(TGrainInterface));

    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    public bool Equals(GrainReference? other) =>
        other is not null && _key.Equals(other._key) && _shared.GrainType.Equals(other._shared.GrainType);

    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceType}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"GrainReference:{GrainId}:{InterfaceType}", out charsWritten);

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1?.Equals(reference2) ?? reference2 is null;

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    protected TInvokable GetInvokable<TInvokable>() => InvokableFactory<TInvokable>.Create();

    protected ValueTask<T> InvokeAsync<T>(IRequest methodDescription) =>
        _shared.Runtime.InvokeMethodAsync<T>(this, methodDescription, methodDescription.Options);

    protected ValueTask InvokeAsync(IRequest methodDescription) =>
        _shared.Runtime.InvokeMethodAsync(this, methodDescription, methodDescription.Options);

    protected void Invoke(IRequest methodDescription) =>
        _shared.Runtime.InvokeMethod(this, methodDescription, methodDescription.Options);
}
