using System.Diagnostics.CodeAnalysis;

namespace Betar.Ethereum;

/// <summary>What a contract can be asked, what it tells, and how it refuses.</summary>
public sealed class ContractAbi
{
    internal ContractAbi(
        IReadOnlyList<AbiParameter> constructor, IReadOnlyList<AbiFunction> functions, IReadOnlyList<AbiEvent> events, IReadOnlyList<AbiError> errors) =>
        (Constructor, Functions, Events, Errors) = (constructor, functions, events, errors);

    public IReadOnlyList<AbiParameter> Constructor { get; }

    public IReadOnlyList<AbiFunction> Functions { get; }

    public IReadOnlyList<AbiEvent> Events { get; }

    public IReadOnlyList<AbiError> Errors { get; }

    /// <summary>Reads the array that compilers write. False with a reason for anything else.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out ContractAbi? abi, [NotNullWhen(false)] out string? fault) =>
        ContractAbiReader.TryRead(json, out abi, out fault);

    /// <summary>By name, or by signature where a name has overloads. Throws when there is not exactly one.</summary>
    public AbiFunction Function(string name) => Functions.Single(function => function.Name == name || function.Signature == name);

    /// <summary>What a contract is created with: its code, then the constructor's arguments.</summary>
    public byte[] EncodeCreation(ReadOnlySpan<byte> bytecode, params IReadOnlyList<object> arguments) =>
        [.. bytecode, .. AbiEncoder.Encode(AbiSignature.Types(Constructor), arguments)];

    /// <summary>The data of a revert: one of this contract's errors or of those that every contract has.</summary>
    public bool TryDecodeError(ReadOnlySpan<byte> data, [NotNullWhen(true)] out AbiRecord? record)
    {
        foreach (var error in Errors.Concat(AbiError.BuiltIn))
        {
            if (error.TryDecode(data, out record))
                return true;
        }

        record = null;
        return false;
    }

    /// <summary>False for logs of other contracts' kinds; the address is the caller's to compare.</summary>
    public bool TryDecodeLog(LogEntry log, [NotNullWhen(true)] out AbiRecord? record)
    {
        foreach (var candidate in Events)
        {
            if (candidate.TryDecode(log, out record))
                return true;
        }

        record = null;
        return false;
    }
}
