using System.Diagnostics.CodeAnalysis;

namespace Betar.Ethereum;

/// <summary>A reason that a contract reverts with.</summary>
public sealed class AbiError
{
    readonly AbiType[] _types;

    public AbiError(string name, IReadOnlyList<AbiParameter> inputs)
    {
        Name = name;
        Inputs = inputs;
        Signature = AbiSignature.Of(name, inputs);
        Selector = AbiSignature.Selector(Signature);
        _types = AbiSignature.Types(inputs);
    }

    /// <summary>The two that every contract has: <c>revert</c> with a text, and what the compiler's own checks say.</summary>
    public static IReadOnlyList<AbiError> BuiltIn { get; } =
        [new("Error", [new("reason", AbiType.Parse("string"))]), new("Panic", [new("code", AbiType.Parse("uint256"))])];

    public string Name { get; }

    public IReadOnlyList<AbiParameter> Inputs { get; }

    public string Signature { get; }

    public uint Selector { get; }

    public bool TryDecode(ReadOnlySpan<byte> data, [NotNullWhen(true)] out AbiRecord? record)
    {
        record = null;
        if (!AbiReader.TryReadSelector(data, out var selector) || selector != Selector
            || !AbiDecoder.TryDecode(_types, data[AbiWriter.SelectorSize..], out var values))
            return false;
        record = new AbiRecord(Name, Inputs, values);
        return true;
    }

    public override string ToString() => Signature;
}
