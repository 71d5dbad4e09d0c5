using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Http.Certificates;

/// <summary>Reads certificates in PEM.</summary>
internal static class CertificateFiles
{
    private const int Largest = 256 * 1024;

    /// <summary>Null: neither is named, and HTTP is not encrypted.</summary>
    /// <param name="own">The node's certificate and its key in one file that only its owner may read.</param>
    /// <param name="authority">Who may sign the certificates of callers.</param>
    public static Checked<HttpCertificates?> Read(string? own, string? authority)
    {
        if (own is null)
            return authority is null
                ? new Checked<HttpCertificates?>(null, null)
                : ErrorCatalog.MissingOption.Refuse("--http-client-ca says whose certificates callers may show, and --http-cert does not say which the node shows");
        if (!File.Exists(own))
            return ErrorCatalog.FileNotReadable.Refuse($"There is no file {VisibleText.Of(own)}");
        Checked<byte[]> secret = SecretFile.Read(own, Largest);
        if (!secret.IsOk)
            return secret.Refusal;
        if (authority is not null && (!File.Exists(authority) || new FileInfo(authority).Length > Largest))
            return ErrorCatalog.FileNotReadable.Refuse($"There is no file {VisibleText.Of(authority)} of at most {Largest} bytes");
        try
        {
            string pem = Encoding.UTF8.GetString(secret.Value);
            var authorities = authority is null ? null : new X509Certificate2Collection();
            authorities?.ImportFromPemFile(authority!);
            return authorities is { Count: 0 } ? NoCertificate(authority!) : new HttpCertificates(X509Certificate2.CreateFromPem(pem, pem), authorities);
        }
        catch (CryptographicException)
        {
            return NoCertificate(own);
        }
    }

    private static CliRefusal NoCertificate(string path) =>
        ErrorCatalog.FileNotReadable.Refuse($"{VisibleText.Of(path)} holds no certificate in PEM, or not its key", "put the certificate and its key into one file, as PEM");
}
