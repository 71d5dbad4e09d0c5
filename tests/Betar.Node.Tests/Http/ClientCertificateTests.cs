using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Betar.Node.Http;
using Betar.Node.Http.Certificates;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Http;

/// <summary>HTTPS that lets in only who shows a certificate of the operator's.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private readonly X509Certificate2 _authority = Authority("operator");
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Who_shows_a_certificate_of_the_operators_may_do_everything()
    {
        await using ApiWorld world = await StartAsync();
        using X509Certificate2 mine = Signed(_authority, "me");
        using HttpClient client = Client(world, mine);

        Assert.Equal("https", world.Client.BaseAddress!.Scheme);
        using var task = new StringContent("""{"task":"y"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage done = await client.PostAsync("/v1/agents/x/execute", task);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Fact]
    public async Task Nobody_else_comes_as_far_as_a_request()
    {
        await using ApiWorld world = await StartAsync();
        using X509Certificate2 others = Authority("another"), stranger = Signed(others, "me");
        using HttpClient without = Client(world, null), with = Client(world, stranger);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => without.GetAsync("/livez"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => with.GetAsync("/livez"));
        Assert.Empty(world.Calls);
    }

    [Fact]
    public async Task A_token_beside_the_certificate_says_what_it_may_do()
    {
        await using ApiWorld world = await StartAsync();
        using X509Certificate2 mine = Signed(_authority, "me");
        using HttpClient client = Client(world, mine);
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + world.Use(ApiRole.Read));

        using var task = new StringContent("""{"task":"y"}""", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/v1/agents/x/execute", task)).StatusCode);
    }

    [Theory]
    [InlineData("no PEM at all", "BTR-2012")]
    [InlineData("", "BTR-2012")]
    public void A_file_that_holds_no_certificate_is_refused(string text, string code)
    {
        string path = Private("cert.pem", text);
        Assert.Equal(code, CertificateFiles.Read(path, null).Refusal?.Error.Code);
    }

    [Fact]
    public void A_key_that_others_can_read_is_refused()
    {
        string path = Private("cert.pem", Pem(Signed(_authority, "node")));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Equal("BTR-2006", CertificateFiles.Read(path, null).Refusal?.Error.Code);
    }

    [Fact]
    public void A_node_that_asks_for_certificates_may_be_reached_from_other_machines_without_a_token()
    {
        var everywhere = new HttpSettings { Listen = new IPEndPoint(IPAddress.Any, 0) };
        Assert.Equal("BTR-1056", HttpArguments.Check(everywhere)?.Error.Code);
        Assert.Equal("BTR-1056", HttpArguments.Check(everywhere with { Certificates = Certificates(null) })?.Error.Code);
        Assert.Null(HttpArguments.Check(everywhere with { Certificates = Certificates(_authority) }));
    }

    private Task<ApiWorld> StartAsync() => ApiWorld.StartAsync(settings => settings with { Certificates = Certificates(_authority) }, null, ("agents.execute", "{}"));

    private HttpCertificates Certificates(X509Certificate2? authority)
    {
        string own = Private("own.pem", Pem(Signed(_authority, "localhost")));
        return CertificateFiles.Read(own, authority is null ? null : _folder.File("ca.pem", authority.ExportCertificatePem())).OrThrow()!;
    }

    private string Private(string name, string text)
    {
        string path = _folder.File(name, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static HttpClient Client(ApiWorld world, X509Certificate2? mine) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=localhost",
            ClientCertificates = mine is null ? null : new X509CertificateCollection { mine },
            LocalCertificateSelectionCallback = mine is null ? null : (_, _, _, _, _) => mine,
        },
    }) { BaseAddress = world.Client.BaseAddress };

    private static string Pem(X509Certificate2 certificate)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static X509Certificate2 Authority(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    private static X509Certificate2 Signed(X509Certificate2 authority, string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 bare = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}
