using System.Text;
using Betar.Node.Cli;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Http.Tokens;

/// <summary>A token that is given by reference. Of the one that the operator gives at start only its hash is kept.</summary>
internal static class OperatorToken
{
    private const string FromEnvironment = "env:";
    private const string FromFile = "file:";

    /// <summary>Null: none was given.</summary>
    public static Checked<byte[]?> Read(string? reference, EnvironmentVariables environment)
    {
        Checked<string?> text = Text(reference, "--api-token", environment);
        return text.IsOk ? new Checked<byte[]?>(text.Value is { } token ? TokenText.Hash(token) : null, null) : text.Refusal;
    }

    /// <summary>The token itself, for who shows it elsewhere; null: none was given.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="option">The option that says so.</param>
    /// <param name="environment">Where it may be.</param>
    public static Checked<string?> Text(string? reference, string option, EnvironmentVariables environment)
    {
        if (reference is null)
            return new Checked<string?>(null, null);
        Checked<string> text = Find(reference, option, environment);
        if (!text.IsOk)
            return text.Refusal;
        return text.Value.Length is >= TokenText.LeastLength and <= TokenText.MostLength && text.Value.All(sign => sign is > ' ' and <= '~')
            ? text.Value
            : ErrorCatalog.BadToken.Refuse($"What {VisibleText.Of(reference)} names has {text.Value.Length} characters");
    }

    private static Checked<string> Find(string reference, string option, EnvironmentVariables environment)
    {
        if (reference.StartsWith(FromEnvironment, StringComparison.Ordinal))
            return environment(reference[FromEnvironment.Length..]) is { Length: > 0 } value ? value.Trim()
                : ErrorCatalog.BadToken.Refuse($"The variable {VisibleText.Of(reference[FromEnvironment.Length..])} is empty", "set it, or name a file");
        if (!reference.StartsWith(FromFile, StringComparison.Ordinal))
            return ErrorCatalog.BadOptionValue.Refuse($"{option} takes the place of a token, never the token itself", "write env:NAME or file:PATH");
        string path = reference[FromFile.Length..];
        if (!File.Exists(path))
            return ErrorCatalog.FileNotReadable.Refuse($"There is no file {VisibleText.Of(path)}");
        Checked<byte[]> bytes = SecretFile.Read(path, TokenText.MostLength);
        return bytes.IsOk ? Encoding.UTF8.GetString(bytes.Value).Trim() : bytes.Refusal;
    }
}
