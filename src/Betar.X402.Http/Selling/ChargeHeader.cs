using Betar.X402.Selling;

namespace Betar.X402.Http.Selling;

/// <summary>What an answer costs, kept with it: whoever settles it after a crash charges the same. Buyers see it too.</summary>
internal static class ChargeHeader
{
    internal const string Name = "Betar-Charged";

    /// <summary>A handler's own header of this name says nothing.</summary>
    internal static StoredAnswer Write(StoredAnswer answer, AtomicAmount? charge)
    {
        var others = answer.Headers.Where(header => !IsIt(header.Key));
        return answer with { Headers = charge is { } units ? [.. others, new(Name, units.ToString())] : [.. others] };
    }

    internal static AtomicAmount? Read(StoredAnswer answer) =>
        answer.Headers.FirstOrDefault(header => IsIt(header.Key)).Value is { } text && AtomicAmount.TryParse(text, out var charge) ? charge : null;

    private static bool IsIt(string name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase);
}
