namespace Betar.Ethereum;

/// <summary>A decoded event or error: what it is called, and its values in the order of its parameters.</summary>
public sealed record AbiRecord(string Name, IReadOnlyList<AbiParameter> Parameters, IReadOnlyList<object> Values)
{
    /// <summary>The value of this name; throws when there is none.</summary>
    public object this[string parameter]
    {
        get
        {
            for (var i = 0; i < Parameters.Count; i++)
            {
                if (Parameters[i].Name == parameter)
                    return Values[i];
            }

            throw new KeyNotFoundException($"{Name} has no {parameter}.");
        }
    }

    public override string ToString() => $"{Name}({string.Join(", ", Values)})";
}
