using Betar.Node.Cli;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Betar.Node.Http.Metering;

/// <summary>Sends traces and metrics to a collector, where the environment names one as OpenTelemetry has it.</summary>
internal sealed class Telemetry : IDisposable
{
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sources = "Betar*";
    private const string Service = "betar";

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private Telemetry(string instance)
    {
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService(Service, serviceVersion: BetarCli.Version, serviceInstanceId: instance);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Sources).AddOtlpExporter().Build();
    }

    /// <summary>Null: nobody is named.</summary>
    /// <param name="environment">Of the process; the exporter reads the rest of its settings there itself.</param>
    /// <param name="instance">Tells nodes apart.</param>
    public static Telemetry? Start(EnvironmentVariables environment, string instance) =>
        environment(EndpointVariable) is { Length: > 0 } ? new Telemetry(instance) : null;

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
