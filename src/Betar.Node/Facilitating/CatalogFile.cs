using Betar.X402.Http.Facilitating;
using Betar.X402.Wire;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Facilitating;

/// <summary>
/// The catalogue over restarts: one page of <c>/discovery/resources</c> a line. It is not money: a crash may lose what came since the last
/// writing, and a line that cannot be read is left out.
/// </summary>
internal sealed partial class CatalogFile(string path, ILogger<CatalogFile> log)
{
    private const int PageSize = 100;

    private static readonly CatalogQuery s_first = new(null, null, null, null, PageSize, 0);
    private static readonly WireLimits s_limits = new() { MaxBodyLength = 16 * 1024 * 1024 };

    public void Load(MemoryCatalog catalog)
    {
        if (!File.Exists(path))
            return;
        try
        {
            foreach (string line in File.ReadLines(path))
            {
                if (WireCodec.ParseDiscovery(System.Text.Encoding.UTF8.GetBytes(line), s_limits) is { IsOk: true } page)
                    foreach (DiscoveredResource entry in page.Value.Items)
                        catalog.TryPut(entry);
                else
                    LogUnreadable(log, path);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotRead(log, fault, path);
        }
    }

    public async Task SaveAsync(MemoryCatalog catalog)
    {
        try
        {
            string next = path + ".new";
            await using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
            {
                for (CatalogQuery query = s_first; ; query = query with { Offset = query.Offset + PageSize })
                {
                    DiscoveryPage page = await catalog.FindAsync(query, CancellationToken.None);
                    if (page.Items.Count == 0)
                        break;
                    await file.WriteAsync(WireCodec.Write(page));
                    file.WriteByte((byte)'\n');
                }
            }

            File.Move(next, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(log, fault, path);
        }
    }
}
