namespace Betar.Sdk;

/// <summary>An expected "no": a stable code of docs/errors.md, what happened, and what to do next.</summary>
public sealed record BetarRefusal(string Code, string Message, string Next = "")
{
    public override string ToString() => Next.Length == 0 ? $"{Code}: {Message}" : $"{Code}: {Message.TrimEnd('.')}; {Next}";
}
