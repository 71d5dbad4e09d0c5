using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Betar.Ethereum;

/// <summary>A function of a contract.</summary>
public sealed class AbiFunction
{
    readonly AbiType[] _inputs;
    readonly AbiType[] _outputs;

    public AbiFunction(string name, IReadOnlyList<AbiParameter> inputs, IReadOnlyList<AbiParameter> outputs)
    {
        Name = name;
        Inputs = inputs;
        Outputs = outputs;
        Signature = AbiSignature.Of(name, inputs);
        Selector = AbiSignature.Selector(Signature);
        _inputs = AbiSignature.Types(inputs);
        _outputs = AbiSignature.Types(outputs);
    }

    public string Name { get; }

    public IReadOnlyList<AbiParameter> Inputs { get; }

    public IReadOnlyList<AbiParameter> Outputs { get; }

    /// <summary>Name and types, such as <c>transfer(address,uint256)</c>.</summary>
    public string Signature { get; }

    public uint Selector { get; }

    /// <summary>Call data. Arguments that do not fit are the caller's bug.</summary>
    public byte[] Encode(params IReadOnlyList<object> arguments)
    {
        var encoded = AbiEncoder.Encode(_inputs, arguments);
        var data = new byte[AbiWriter.SelectorSize + encoded.Length];
        BinaryPrimitives.WriteUInt32BigEndian(data, Selector);
        encoded.CopyTo(data, AbiWriter.SelectorSize);
        return data;
    }

    public bool TryDecodeResult(ReadOnlySpan<byte> data, [NotNullWhen(true)] out object[]? values) => AbiDecoder.TryDecode(_outputs, data, out values);

    public override string ToString() => Signature;
}
