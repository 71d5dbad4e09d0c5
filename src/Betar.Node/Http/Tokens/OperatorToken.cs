using System.Text;
using Betar.Node.Cli;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Http.Tokens;

/// <summary>The token that the operator gives at start, by reference; only its hash is kept.</summary>
internal static class OperatorToken
{
    private const string FromEnvironment = "env:";
    private const string FromFile = "file:";

    /// <summary>Null: none was given.</summary>
    public static Checked<byte[]?> Read(string? reference, EnvironmentVariables environment)
    {
        if (reference is null)
            return new Checked<byte[]?>(null, null);
        Checked<string> text = Find(reference, environment);
        if (!text.IsOk)
            return text.Refusal;
        return text.Value.Length is >= TokenText.LeastLength and <= TokenText.MostLength && text.Value.All(char.IsAscii)
            ? TokenText.Hash(text.Value)
            : ErrorCatalog.BadToken.Refuse($"What {VisibleText.Of(reference)} names has {text.Value.Length} characters");
    }

    private static Checked<string> Find(string reference, EnvironmentVariables environment)
    {
        if (reference.StartsWith(FromEnvironment, StringComparison.Ordinal))
            return environment(reference[FromEnvironment.Length..]) is { Length: > 0 } value ? value.Trim()
                : ErrorCatalog.BadToken.Refuse($"The variable {VisibleText.Of(reference[FromEnvironment.Length..])} is empty", "set it, or name a file");
        if (!reference.StartsWith(FromFile, StringComparison.Ordinal))
            return ErrorCatalog.BadOptionValue.Refuse("--api-token takes the place of a token, never the token itself", "write env:NAME or file:PATH");
        string path = reference[FromFile.Length..];
        if (!File.Exists(path))
            return ErrorCatalog.FileNotReadable.Refuse($"There is no file {VisibleText.Of(path)}");
        Checked<byte[]> bytes = SecretFile.Read(path, TokenText.MostLength);
        return bytes.IsOk ? Encoding.UTF8.GetString(bytes.Value).Trim() : bytes.Refusal;
    }
}
