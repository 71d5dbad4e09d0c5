using System.Diagnostics.CodeAnalysis;

namespace Betar.Ethereum;

/// <summary>An event of a contract.</summary>
public sealed class AbiEvent
{
    static readonly AbiType _hash = AbiType.Parse("bytes32");

    readonly AbiType[] _inTopics;
    readonly AbiType[] _inData;

    public AbiEvent(string name, IReadOnlyList<AbiParameter> inputs, bool isAnonymous = false)
    {
        Name = name;
        Inputs = inputs;
        IsAnonymous = isAnonymous;
        Signature = AbiSignature.Of(name, inputs);
        Topic = AbiSignature.Topic(Signature);
        _inTopics = [.. inputs.Where(input => input.IsIndexed).Select(input => IsWord(input.Type) ? input.Type : _hash)];
        _inData = [.. inputs.Where(input => !input.IsIndexed).Select(input => input.Type)];
    }

    public string Name { get; }

    public IReadOnlyList<AbiParameter> Inputs { get; }

    /// <summary>Its logs do not name it.</summary>
    public bool IsAnonymous { get; }

    public string Signature { get; }

    public Hash32 Topic { get; }

    /// <summary>Values of indexed parameters that are no single word are lost: their hash, 32 bytes, stands in their place.</summary>
    public bool TryDecode(LogEntry log, [NotNullWhen(true)] out AbiRecord? record)
    {
        ArgumentNullException.ThrowIfNull(log);
        record = null;
        var named = IsAnonymous ? 0 : 1;
        if (log.Topics.Count != named + _inTopics.Length || (!IsAnonymous && log.Topics[0] != Topic)
            || !AbiDecoder.TryDecode(_inData, log.Data.Span, out var inData))
            return false;

        var values = new object[Inputs.Count];
        for (int i = 0, topic = 0, datum = 0; i < values.Length; i++)
        {
            if (!Inputs[i].IsIndexed)
                values[i] = inData[datum++];
            else if (!AbiWord.TryRead(_inTopics[topic], log.Topics[named + topic++].ToArray(), out values[i]))
                return false;
        }

        record = new AbiRecord(Name, Inputs, values);
        return true;
    }

    public override string ToString() => Signature;

    static bool IsWord(AbiType type) => type.Kind is not (AbiKind.Bytes or AbiKind.Text or AbiKind.List or AbiKind.FixedList or AbiKind.Tuple);
}
