export { openServicesScene, type SceneOptions, type ServicesScene } from './services-scene.ts';
export { serviceProcess, type ServiceProcess } from './service-process.ts';
export { connectionTo, publishAgain, readTopic } from './topics.ts';
