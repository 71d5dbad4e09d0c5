using System.Collections.Frozen;

namespace Betar.Node.Errors;

/// <summary>Every code there is. <c>docs/errors.md</c> lists the same, and a test compares the two.</summary>
public static partial class ErrorCatalog
{
    // Lazy: the order in which the parts of a partial class are initialised is not defined.
    private static readonly Lazy<ErrorEntry[]> Entries =
        new(() => [.. UsageErrors(), .. HttpErrors(), .. EnvironmentErrors(), .. PaymentErrors(), .. AgentErrors(), .. OrderErrors(), .. ExecutorErrors(), .. ChainErrors()]);

    private static readonly Lazy<FrozenDictionary<string, ErrorEntry>> ByCode =
        new(() => Entries.Value.ToFrozenDictionary(entry => entry.Code, StringComparer.Ordinal));

    /// <summary>All entries in the order of their codes.</summary>
    public static IReadOnlyList<ErrorEntry> All => Entries.Value;

    /// <summary>The entry of a code that may come from another node, or null.</summary>
    public static ErrorEntry? Find(string code) => ByCode.Value.GetValueOrDefault(code);
}
