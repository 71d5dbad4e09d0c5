using System.Security.Cryptography;
using System.Text;
using Betar.Node.Http.Routing;

namespace Betar.Node.Http.Dashboard;

/// <summary>One page that shows the node. It loads nothing from anywhere, and the browser is told to run nothing but what stands in it.</summary>
internal sealed class DashboardRoutes
{
    public const string Path = "/dashboard";

    private const string Resource = "dashboard.html";

    private readonly ApiAnswer _page;

    public DashboardRoutes()
    {
        using Stream stream = typeof(DashboardRoutes).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        string page = reader.ReadToEnd();
        _page = ApiAnswer.Text(page, "text/html; charset=utf-8") with
        {
            Headers =
            [
                new("Content-Security-Policy",
                    $"default-src 'none'; script-src '{Hash(page, "script")}'; style-src '{Hash(page, "style")}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
                new("Referrer-Policy", "no-referrer"),
            ],
        };
    }

    public IEnumerable<ApiRoute> Routes =>
    [
        new("GET", Path, ApiRole.Read, _ => Task.FromResult(_page)) { Style = ApiStyle.Legacy, IsOpen = true },
        new("GET", "/dashboard/{*page}", ApiRole.Read, _ => Task.FromResult(_page)) { Style = ApiStyle.Legacy, IsOpen = true },
    ];

    private static string Hash(string page, string element)
    {
        int from = page.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page[from..page.IndexOf($"</{element}>", StringComparison.Ordinal)])));
    }
}
