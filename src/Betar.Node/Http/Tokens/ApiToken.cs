namespace Betar.Node.Http.Tokens;

/// <summary>A token as it is kept: what it may do, and the hash by which it is known again.</summary>
internal sealed record ApiToken(string Id, string Name, ApiRole Role, byte[] Hash, DateTimeOffset Made);
