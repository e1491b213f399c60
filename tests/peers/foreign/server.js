// A foreign OPC UA machine: another maker's stack, other names, other namespace numbers.
"use strict";
const { OPCUAServer, Variant, DataType, StatusCodes, DataValue, MessageSecurityMode, SecurityPolicy } = require("node-opcua");

async function main() {
  const port = Number(process.argv[2]);
  const server = new OPCUAServer({
    port,
    hostname: "127.0.0.1",
    securityModes: [MessageSecurityMode.None],
    securityPolicies: [SecurityPolicy.None],
    serverInfo: { applicationUri: "urn:foreign:machine" },
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  space.registerNamespace("urn:foreign:noise");
  const ns = space.registerNamespace("urn:foreign:machine:model");
  const machine = ns.addObject({ browseName: "Press", organizedBy: space.rootFolder.objects });
  const add = (browseName, dataType, value) => {
    const node = ns.addVariable({ browseName, dataType, componentOf: machine });
    node.setValueFromSource(new Variant({ dataType, value }));
    return node;
  };
  const state = add("Zustand", "String", "idle");
  const layer = add("Schicht", "UInt32", 0);
  const oxygen = add("O2Prozent", "Double", 0.08);
  const plate = add("Plattentemperatur", "Double", 80);
  add("Auftrag", "String", "");
  const start = ns.addMethod(machine, {
    browseName: "Starte",
    inputArguments: [{ name: "auftrag", dataType: DataType.String }],
    outputArguments: [{ name: "status", dataType: DataType.Int32 }],
  });
  start.bindMethod((inputs, context, done) => {
    const refused = inputs[0].value === "NEIN";
    done(null, { statusCode: StatusCodes.Good, outputArguments: [{ dataType: DataType.Int32, value: refused ? 17 : 0 }] });
    if (refused) return;
    state.setValueFromSource(new Variant({ dataType: DataType.String, value: "running" }));
    let n = 0;
    const ticking = setInterval(() => {
      n += 1;
      layer.setValueFromSource(new Variant({ dataType: DataType.UInt32, value: n }));
      oxygen.setValueFromSource(new Variant({ dataType: DataType.Double, value: 0.08 + n / 1000 }));
      if (n === 3) plate.setValueFromSource(new Variant({ dataType: DataType.Double, value: 0 }), StatusCodes.BadSensorFailure);
      if (n === 20) clearInterval(ticking);
    }, 100);
  });
  await server.start();
  console.log(JSON.stringify({ ready: true, endpoint: `opc.tcp://127.0.0.1:${port}/` }));
  process.on("SIGTERM", async () => {
    await server.shutdown(10);
    process.exit(0);
  });
}

main().catch((no) => {
  console.log(JSON.stringify({ ready: false, error: String(no) }));
  process.exit(1);
});
